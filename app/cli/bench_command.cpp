#include "app/cli/bench_command.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

#include "core/bench/bench.h"

namespace hw::cli {

void addBenchCommand(CLI::App& app, int& exitCode) {
  struct Arguments {
    std::string workload;
    bench::Options options;
    bool withoutJournal = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("bench", "Measure the engine; prints one JSON line");
  command->add_option("workload", arguments->workload, "chain, switch, campus, seek or calibrate")
      ->required()
      ->check(CLI::IsMember({"chain", "switch", "campus", "tcp", "seek", "calibrate"}));
  command->add_option("--packets", arguments->options.packets, "Packets to send")
      ->check(CLI::Range(std::uint64_t{64}, std::uint64_t{100'000'000}));
  command->add_flag("--verify", arguments->options.verify,
                    "Rebuild every frame from the journal and compare with a tap's");
  command->add_flag("--no-journal", arguments->withoutJournal, "Keep no journal");
  command->callback([arguments, &exitCode] {
    arguments->options.journal = !arguments->withoutJournal;
    const auto result = bench::run(arguments->workload, arguments->options);
    std::cout << result->json() << "\n";
    exitCode = result->verified.value_or(true) ? 0 : 1;
  });
}

}  // namespace hw::cli
