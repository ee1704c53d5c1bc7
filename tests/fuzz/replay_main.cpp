// Replays corpora without libFuzzer: each file of the folders given is one input, a folder's name says for which variant.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/fuzz/variant.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

namespace {

std::string current;

}  // namespace

std::string_view hw::fuzz::variant() { return current; }

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::filesystem::path folder(argv[i]);
    const std::string name = folder.filename().string();
    current = name.substr(name.find('_') == std::string::npos ? name.size() : name.find('_') + 1);
    int inputs = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      std::ifstream file(entry.path(), std::ios::binary);
      const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
      LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
      ++inputs;
    }
    std::printf("%s: %d inputs\n", name.c_str(), inputs);
    if (inputs == 0) return 1;
  }
  return 0;
}
