// Read first: sysctl(8).
#include <fmt/format.h>

#include <algorithm>

#include "core/device/sysctl.h"
#include "core/shell/families.h"
#include "core/shell/ip_command.h"
#include "core/shell/options.h"

namespace hw::shell {
namespace {

constexpr std::string_view kSysctlUsage = "\nUsage:\n sysctl [-a] [-n] [-q] [-w] [variable[=value] ...]\n";

/// One call: the configuration as it will be, and what is printed on the way.
class Sysctl {
 public:
  Sysctl(const Call& call, const Options& options) : m_options(options), m_config(call.config()) {}

  CommandResult run() {
    if (m_options.has('a'))
      for (const std::string& name : sysctlNames(m_config)) show(name);
    for (const std::string& word : m_options.rest()) {
      const std::size_t equals = word.find('=');
      std::string name = word.substr(0, equals);
      if (name.find('.') == name.npos) std::replace(name.begin(), name.end(), '/', '.');
      if (equals != word.npos) write(name, word.substr(equals + 1));
      else if (m_options.has('w')) complain("command line(0): invalid syntax, continuing...");
      else read(name);
    }
    if (m_changed) m_result.inputs = configure(std::move(m_config)).inputs;
    return std::move(m_result);
  }

 private:
  void complain(const std::string& what) {
    m_result.errors += "sysctl: " + what + "\n";
    m_result.exitCode = 1;
  }
  void missing(std::string name) {
    std::replace(name.begin(), name.end(), '.', '/');
    complain(fmt::format("cannot stat /proc/sys/{}: No such file or directory", name));
  }
  void print(const std::string& name, std::string_view value) {
    m_result.output += m_options.has('n') ? fmt::format("{}\n", value) : fmt::format("{} = {}\n", name, value);
  }
  void show(const std::string& name) { print(name, readSysctl(m_config, name).value_or("")); }

  /// One knob, or all below a beginning like net.ipv4.neigh.eth0.
  void read(const std::string& name) {
    if (readSysctl(m_config, name)) return show(name);
    bool any = false;
    for (const std::string& one : sysctlNames(m_config))
      if (one.rfind(name + ".", 0) == 0) {
        show(one);
        any = true;
      }
    if (!any) missing(name);
  }

  void write(const std::string& name, const std::string& value) {
    const auto problem = writeSysctl(m_config, name, value);
    if (!problem) {
      m_changed = true;
      if (!m_options.has('q')) print(name, value);
      return;
    }
    switch (*problem) {
      case SysctlProblem::Unknown: return missing(name);
      case SysctlProblem::Invalid: return complain(fmt::format("setting key \"{}\": Invalid argument", name));
      case SysctlProblem::NotBuilt: return complain(fmt::format("setting key \"{}\": not built here", name));
    }
  }

  const Options& m_options;
  DeviceConfig m_config;
  CommandResult m_result;
  bool m_changed = false;
};

}  // namespace

CommandResult sysctl(const Call& call) {
  const auto options = Options::parse(call.words, "anqwe");
  if (!options) return CommandResult::failure(1, "sysctl: " + options.error() + "\n" + std::string(kSysctlUsage));
  if (call.words.size() == 1) return CommandResult::failure(1, std::string(kSysctlUsage));
  return Sysctl(call, *options).run();
}

}  // namespace hw::shell
