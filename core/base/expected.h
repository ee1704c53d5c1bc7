// Expected<T, E>: a result or a typed error. Core throws nothing.
#pragma once

#include <tl/expected.hpp>

namespace hw {

template <class T, class E> using Expected = tl::expected<T, E>;
template <class E> constexpr auto unexpected(E&& e) {
  return tl::unexpected<std::decay_t<E>>(std::forward<E>(e));
}

}  // namespace hw
