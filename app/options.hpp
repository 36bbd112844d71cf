// What the command line asks of a run.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace populace {

struct RunArguments {
  std::filesystem::path scenario;
  std::vector<std::string> set;  // key.path=value
  std::optional<std::string> consumers, replications, seed;
  std::optional<std::string> precision, of;  // "1%", a KPI
  int threads = 0;                           // 0: all
  std::filesystem::path out, save_state, from;
  std::optional<double> save_at_week;
  std::optional<std::int64_t> journeys;  // consumers whose journeys are recorded
  bool json = false, dry_run = false, quiet = false;
  std::string command_line;
};

// Mistakes of the user that are not in a scenario: exit status 2.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

inline constexpr int kExitOk = 0, kExitFailed = 1, kExitUsage = 2, kExitInterrupted = 130;

}  // namespace populace
