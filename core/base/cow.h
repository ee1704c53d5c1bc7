// Cow<T>: a shared value that its sole owner changes in place. Copying costs a pointer;
// `==` and hash look through.
#pragma once

#include <memory>
#include <utility>

namespace hw {

template <class T> class Cow {
 public:
  Cow() : m_value(std::make_shared<T>()) {}
  Cow(T value) : m_value(std::make_shared<T>(std::move(value))) {}

  const T& operator*() const { return *m_value; }
  const T* operator->() const { return m_value.get(); }

  /// The value for writing: copied first if it is shared.
  T& mutate() {
    if (m_value.use_count() != 1) m_value = std::make_shared<T>(std::as_const(*m_value));
    return *m_value;
  }
  bool operator==(const Cow& other) const {
    return m_value == other.m_value || *m_value == *other.m_value;
  }

 private:
  std::shared_ptr<T> m_value;
};

}  // namespace hw
