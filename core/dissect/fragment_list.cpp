#include "core/dissect/fragment_list.h"

#include "core/dissect/value_names.h"

namespace hw::dissect {

void addFragmentList(Dissection& d, Fields& out, const FragmentFields& about, const Reassembled& whole, std::uint32_t pos) {
  const std::uint32_t size = whole.bytes.size();
  // Wireshark writes the bytes of an IPv4 datagram here, those of an IPv6 one only below.
  TreeField& list = about.all.show == Show::Bytes ? addBytes(out, about.all, {pos, size}, whole.bytes.view())
                                                  : addHeading(out, about.all, {pos, size});
  Fields& below = list.fields;
  const auto yes = [](Fields& fields, const Field& what, std::uint32_t at) {
    addNumber(fields, what, {at, 0}, 1, yesName(1)).generated = true;
  };
  for (const Fragment& f : whole.fragments) {
    const bool tooLong = f.offset + f.bytes.size() > size;
    const Field& what = f.conflict || f.otherTail || tooLong ? about.wrong : about.one;
    TreeField& field = addNumber(below, what, {f.offset, f.bytes.size()}, f.frame);
    field.generated = true;
    if (f.overlap) yes(field.fields, about.overlap, f.offset);
    if (f.conflict) yes(field.fields, about.conflict, f.offset);
    if (f.otherTail) yes(field.fields, about.tails, f.offset);
    if (tooLong) yes(field.fields, about.tooLong, f.offset);
  }
  addNumber(below, about.count, {0, 0}, whole.fragments.size()).generated = true;
  addNumber(below, about.length, {0, 0}, size).generated = true;
  addBytes(below, about.data, {0, size}, whole.bytes.view()).generated = true;
  d.tree.sources.push_back({about.source, whole.bytes});
}

}  // namespace hw::dissect
