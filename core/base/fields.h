// One field list per State drives hash, dump and difference.
//
//   struct Entry {
//     int a = 0;
//     std::vector<Part> parts;
//     HW_FIELDS(Entry, a, parts)
//   };
//
// A field that is forgotten in the list fails a static_assert on the arity of the aggregate.
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

namespace hw::detail {

struct AnyField {
  template <class T> operator T() const;
};

template <class T, std::size_t... I>
constexpr bool bracesWith(std::index_sequence<I...>) {
  return requires { T{(static_cast<void>(I), AnyField{})...}; };
}

template <class T, std::size_t N = 0> constexpr std::size_t aggregateArity() {
  if constexpr (!bracesWith<T>(std::make_index_sequence<N + 1>{})) return N;
  else return aggregateArity<T, N + 1>();
}

}  // namespace hw::detail

namespace hw {

struct NoVisitor {
  template <class T> void operator()(const char*, const T&) const {}
};

/// A State: a struct with a field list.
template <class T>
concept HasFields = requires(T& t) { std::remove_cv_t<T>::visitFields(t, NoVisitor{}); };

}  // namespace hw

/// Hash and dump of a large State are compiled once, where HW_FIELDS_COMPILED stands, and not in every file that asks for them.
#define HW_FIELDS_ELSEWHERE(Type)                            \
  extern template void hashInto<Type>(Hasher&, const Type&); \
  extern template void dumpInto<Type>(std::vector<DumpLine>&, const std::string&, const Type&);
#define HW_FIELDS_COMPILED(Type)                      \
  template void hashInto<Type>(Hasher&, const Type&); \
  template void dumpInto<Type>(Dump&, const std::string&, const Type&);

#define HW_PARENS ()
#define HW_EXPAND(...) HW_EXPAND3(HW_EXPAND3(HW_EXPAND3(__VA_ARGS__)))
#define HW_EXPAND3(...) HW_EXPAND2(HW_EXPAND2(HW_EXPAND2(__VA_ARGS__)))
#define HW_EXPAND2(...) HW_EXPAND1(HW_EXPAND1(HW_EXPAND1(__VA_ARGS__)))
#define HW_EXPAND1(...) __VA_ARGS__
#define HW_EACH(macro, ...) __VA_OPT__(HW_EXPAND(HW_EACH_STEP(macro, __VA_ARGS__)))
#define HW_EACH_STEP(macro, first, ...) \
  macro(first) __VA_OPT__(HW_EACH_AGAIN HW_PARENS(macro, __VA_ARGS__))
#define HW_EACH_AGAIN() HW_EACH_STEP

#define HW_VISIT_FIELD(field) visit(#field, self.field);
#define HW_COUNT_FIELD(field) +1
#define HW_FIELDS(Type, ...)                                                                     \
  template <class Self, class Visitor> static void visitFields(Self& self, Visitor&& visit) {    \
    static_assert(0 HW_EACH(HW_COUNT_FIELD, __VA_ARGS__) == ::hw::detail::aggregateArity<Type>(), \
                  "the field list of " #Type " has not as many fields as the struct");           \
    HW_EACH(HW_VISIT_FIELD, __VA_ARGS__)                                                         \
  }                                                                                              \
  bool operator==(const Type&) const = default;
