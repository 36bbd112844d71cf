#include "app/outputs.hpp"

#include <fmt/format.h>

#include <system_error>

#include "app/options.hpp"

namespace populace {

namespace fs = std::filesystem;

bool same_file(const fs::path& a, const fs::path& b) {
  std::error_code ignored;
  return fs::equivalent(a, b, ignored) || fs::weakly_canonical(a, ignored) == fs::weakly_canonical(b, ignored);
}

std::vector<fs::path> files_read(const fs::path& scenario, const LoadedScenario& loaded) {
  std::vector<fs::path> files{scenario};
  for (const SourceFile& source : loaded.sources) {
    files.emplace_back(source.name);
    files.push_back(scenario.parent_path() / source.name);
  }
  return files;
}

void refuse_to_replace(const std::vector<fs::path>& inputs, std::string_view flag, const fs::path& output) {
  for (const fs::path& input : inputs)
    if (!output.empty() && same_file(output, input))
      throw UsageError(fmt::format("{} {}: this run reads that file; name another to write to", flag, output.string()));
}

}  // namespace populace
