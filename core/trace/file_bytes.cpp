#include "core/trace/file_bytes.h"

namespace hw::trace {

bool FileBytes::atEnd() {
  return m_in->peek() == std::istream::traits_type::eof();
}

Expected<void, CaptureError> FileBytes::read(std::span<std::uint8_t> out) {
  if (out.empty()) return {};
  m_in->read(reinterpret_cast<char*>(out.data()), static_cast<std::streamsize>(out.size()));
  const auto got = static_cast<std::uint64_t>(m_in->gcount());
  m_offset += got;
  if (got == out.size()) return {};
  return unexpected(error(CaptureProblem::Truncated, m_offset, out.size() - got));
}

Expected<void, CaptureError> FileBytes::skip(std::uint64_t count) {
  if (count == 0) return {};
  m_in->ignore(static_cast<std::streamsize>(count));
  const auto got = static_cast<std::uint64_t>(m_in->gcount());
  m_offset += got;
  if (got == count) return {};
  return unexpected(error(CaptureProblem::Truncated, m_offset, count - got));
}

}  // namespace hw::trace
