// Errors under the names and sentences that Linux has for them (errno(3), strerror(3)).
#include <gtest/gtest.h>

#include <cerrno>
#include <cstring>

#include "core/socket/socket.h"

namespace hw::socket {
namespace {

TEST(Errno, hasTheSymbolAndTheSentenceOfTheSystem) {
  const std::tuple<Errno, int, const char*> all[] = {
      {Errno::Access, EACCES, "EACCES"},
      {Errno::AddressInUse, EADDRINUSE, "EADDRINUSE"},
      {Errno::AddressNotAvailable, EADDRNOTAVAIL, "EADDRNOTAVAIL"},
      {Errno::BadDescriptor, EBADF, "EBADF"},
      {Errno::ConnectionRefused, ECONNREFUSED, "ECONNREFUSED"},
      {Errno::DestinationRequired, EDESTADDRREQ, "EDESTADDRREQ"},
      {Errno::HostUnreachable, EHOSTUNREACH, "EHOSTUNREACH"},
      {Errno::InvalidArgument, EINVAL, "EINVAL"},
      {Errno::MessageSize, EMSGSIZE, "EMSGSIZE"},
      {Errno::NetworkUnreachable, ENETUNREACH, "ENETUNREACH"},
      {Errno::NoBuffers, ENOBUFS, "ENOBUFS"},
      {Errno::NoDevice, ENODEV, "ENODEV"},
      {Errno::NoProtocol, ENOPROTOOPT, "ENOPROTOOPT"},
      {Errno::Protocol, EPROTO, "EPROTO"},
      {Errno::WouldBlock, EAGAIN, "EAGAIN"},
      {Errno::ConnectionReset, ECONNRESET, "ECONNRESET"},
      {Errno::IsConnected, EISCONN, "EISCONN"},
      {Errno::NotConnected, ENOTCONN, "ENOTCONN"},
      {Errno::BrokenPipe, EPIPE, "EPIPE"},
      {Errno::TimedOut, ETIMEDOUT, "ETIMEDOUT"},
  };
  for (const auto& [error, number, name] : all) {
    EXPECT_EQ(symbol(error), name);
    EXPECT_EQ(message(error), std::strerror(number));
  }
}

}  // namespace
}  // namespace hw::socket
