// A small made-up market with everything a results file can hold, for the tests of results/.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "results/hdf5/results_file.hpp"
#include "results/summary/kpi.hpp"

namespace populace::sample {

MeasureRegistry registry();
RunInfo info();
Provenance provenance();
// Counters as a fixed function of (replication, place), with zeros, large and uneven values.
ReplicationRecord record(const MeasureRegistry& registry, const RunInfo& info, int replication);
std::vector<ReplicationRecord> records(int n);

// Writes `records` in the order given and summarises them.
Summary write(const std::filesystem::path& path, const std::vector<ReplicationRecord>& records,
              const Provenance& provenance = sample::provenance());

// An empty folder of the test's own below the build folder.
std::filesystem::path folder(const std::string& name);
std::string content(const std::filesystem::path& file);

}  // namespace populace::sample
