// curl(1): fetches one thing by HTTP and prints it.
#pragma once

#include "core/process/http.h"
#include "core/process/program.h"

namespace hw::process {

struct CurlOptions {
  std::string host;            ///< as it was typed
  Ipv4Address address;
  std::uint16_t port = 80;
  std::string target = "/";
  bool verbose = false;        ///< -v
  bool headOnly = false;       ///< -I
  bool showHead = false;       ///< -i
  bool silent = false;         ///< -s
  bool showErrors = false;     ///< -S
  bool discard = false;        ///< -o /dev/null
  Duration patience{};         ///< -m; 0: for ever
  HW_FIELDS(CurlOptions, host, address, port, target, verbose, headOnly, showHead, silent, showErrors, discard, patience)
};

struct Curl {
  enum class Phase : std::uint8_t { Fresh, Connecting, Asking, Head, Body };

  CurlOptions options;
  Phase phase = Phase::Fresh;
  SocketId socket;
  Time started;
  Time until = kNever;
  std::uint32_t asked = 0;     ///< bytes of the request that were sent
  std::string heard;           ///< of a head that has not ended
  http::Response response;
  http::Chunks chunks;
  std::uint64_t received = 0;  ///< bytes of the content
  HW_FIELDS(Curl, options, phase, socket, started, until, asked, heard, response, chunks, received)

  Next step(Context& context);
};

/// A progress meter's line behind its two headings, as curl 7.88 has them: how much came, how fast. Numbers have five places.
std::string curlMeter(std::uint64_t received, std::optional<std::uint64_t> whole, Duration took);

}  // namespace hw::process
