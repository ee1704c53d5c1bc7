// Boxed<T>: an optional value that costs a pointer where there is none. Copying copies the value; `==` looks through.
#pragma once

#include <memory>
#include <utility>

namespace hw {

template <class T> class Boxed {
 public:
  Boxed() = default;
  Boxed(const Boxed& other) : m_value(other ? std::make_unique<T>(*other) : nullptr) {}
  Boxed(T value) : m_value(std::make_unique<T>(std::move(value))) {}
  Boxed(Boxed&&) noexcept = default;
  Boxed& operator=(const Boxed& other) { return *this = Boxed(other); }
  Boxed& operator=(Boxed&&) noexcept = default;

  bool has_value() const { return m_value != nullptr; }  // as std::optional has it
  explicit operator bool() const { return has_value(); }
  T& emplace() { return *(m_value = std::make_unique<T>()); }
  void reset() { m_value.reset(); }
  const T& operator*() const { return *m_value; }
  const T* operator->() const { return m_value.get(); }
  T& operator*() { return *m_value; }
  T* operator->() { return m_value.get(); }

  bool operator==(const Boxed& other) const {
    return m_value && other.m_value ? *m_value == *other.m_value : m_value == other.m_value;
  }

 private:
  std::unique_ptr<T> m_value;
};

}  // namespace hw
