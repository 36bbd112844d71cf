// `populace explain`: the life of one consumer, step by step, with the draws and chances that decided it.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "models/explain/portrait.hpp"
#include "models/trace.hpp"

namespace populace {

struct ExplainArguments {
  std::filesystem::path scenario;
  std::vector<std::string> set;
  std::optional<std::string> consumers, seed;
  std::int64_t consumer = -1;
  int replication = 0;
  std::optional<std::int64_t> from_week, to_week;
  int threads = 0;
  bool all = false, json = false;
};

// All that is told, before it is put into words.
struct Life {
  std::string title;
  std::int64_t consumer = 0;
  int replication = 0;
  std::uint32_t seed = 0;
  int steps_per_week = 1;
  std::string start_date;
  std::int32_t first_step = 0, end_step = 0;  // that are told
  std::int64_t warmup_weeks = 0;
  std::vector<Fact> traits, before, after;
  std::vector<TraceEntry> entries;
};

// Simulates the market up to the last step that is told; throws UsageError when nobody has the id.
Life follow_consumer(const ExplainArguments& arguments);
std::string in_words(const Life& life, bool all);
std::string as_json(const Life& life);

int explain_command(const ExplainArguments& arguments);

}  // namespace populace
