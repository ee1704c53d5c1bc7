#include "core/socket/socket.h"

namespace hw::socket {
namespace {

struct Name {
  std::string_view symbol;
  std::string_view message;
};
constexpr Name kNames[] = {
    {"EACCES", "Permission denied"},
    {"EADDRINUSE", "Address already in use"},
    {"EADDRNOTAVAIL", "Cannot assign requested address"},
    {"EAGAIN", "Resource temporarily unavailable"},
    {"EBUSY", "Device or resource busy"},
    {"EBADF", "Bad file descriptor"},
    {"ECONNREFUSED", "Connection refused"},
    {"ECONNRESET", "Connection reset by peer"},
    {"EDESTADDRREQ", "Destination address required"},
    {"EHOSTUNREACH", "No route to host"},
    {"EINVAL", "Invalid argument"},
    {"EISCONN", "Transport endpoint is already connected"},
    {"EMSGSIZE", "Message too long"},
    {"ENETUNREACH", "Network is unreachable"},
    {"ENOBUFS", "No buffer space available"},
    {"ENODEV", "No such device"},
    {"ENOPROTOOPT", "Protocol not available"},
    {"ENOTCONN", "Transport endpoint is not connected"},
    {"EPERM", "Operation not permitted"},
    {"EPIPE", "Broken pipe"},
    {"EPROTO", "Protocol error"},
    {"EREMOTEIO", "Remote I/O error"},
    {"ETIMEDOUT", "Connection timed out"},
};

}  // namespace

std::string_view symbol(Errno error) { return kNames[static_cast<std::size_t>(error)].symbol; }
std::string_view message(Errno error) { return kNames[static_cast<std::size_t>(error)].message; }

}  // namespace hw::socket
