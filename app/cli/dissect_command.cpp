#include "app/cli/dissect_command.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <memory>

#include "app/cli/exit_code.h"
#include "core/dissect/dissect.h"
#include "core/dissect/tree_json.h"
#include "core/dissect/tree_text.h"
#include "core/trace/capture_reader.h"

namespace hw::cli {
namespace {

struct DissectOptions {
  std::string file;
  bool json = false;
  std::string language = "en";
};

int complain(const DissectOptions& options, const std::string& what) {
  std::cerr << "hopwise-cli: " << options.file << ": " << what << '\n';
  return kUnusable;
}

Language languageOf(const DissectOptions& options) {
  return options.language == "zh_CN" ? Language::Chinese : Language::English;
}

void printText(const dissect::PacketTree& tree, const trace::CapturePacket& packet,
               std::uint64_t number, const trace::CaptureInterface& interface, Language language) {
  std::cout << '#' << number;
  if (!interface.name.empty()) std::cout << ' ' << interface.name;
  if (packet.direction != trace::Direction::Unknown)
    std::cout << (packet.direction == trace::Direction::Inbound ? " <-" : " ->");
  std::cout << ' ' << packet.bytes.size() << " B\n" << dissect::toText(tree, language);
  if (!packet.comment.empty()) std::cout << "  // " << packet.comment << '\n';
  std::cout << '\n';
}

int printPackets(trace::CaptureReader& reader, const DissectOptions& options) {
  dissect::CaptureDissector dissector;
  for (std::uint64_t number = 1;; ++number) {
    const auto packet = reader.next();
    if (!packet) return complain(options, packet.error().text(languageOf(options)));
    if (!*packet) return 0;
    const trace::CapturePacket& p = **packet;
    const trace::CaptureInterface& interface = reader.interfaces()[p.interface];
    const dissect::PacketTree tree =
        dissector.next({p.bytes, interface.linkType, p.originalLength, p.timeNs, {}});
    if (options.json)
      std::cout << (number > 1 ? ",\n" : "\n") << dissect::toJson(tree, number, p.timeNs);
    else
      printText(tree, p, number, interface, languageOf(options));
  }
}

int runDissect(const DissectOptions& options) {
  std::ifstream in(options.file, std::ios::binary);
  if (!in) return complain(options, std::strerror(errno));
  auto reader = trace::CaptureReader::open(in);
  if (!reader) return complain(options, reader.error().text(languageOf(options)));
  if (options.json) std::cout << '[';
  const int exitCode = printPackets(*reader, options);
  if (options.json) std::cout << "\n]\n";
  return exitCode;
}

}  // namespace

void addDissectCommand(CLI::App& app, int& exitCode) {
  auto options = std::make_shared<DissectOptions>();
  CLI::App* command =
      app.add_subcommand("dissect", "Show the layers and fields of the packets in a capture");
  command->add_option("FILE", options->file, "A capture: pcap or pcapng")->required();
  command->add_flag("--json", options->json, "A JSON array with Wireshark's names and values");
  command->add_option("--lang", options->language, "The language of the text")
      ->check(CLI::IsMember({"en", "zh_CN"}));
  command->callback([options, &exitCode] { exitCode = runDissect(*options); });
}

}  // namespace hw::cli
