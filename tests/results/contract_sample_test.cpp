// Hidden: writes the results file, its JSON and its tables that read_with_xarray.py reads. Run by ctest as
// results_contract_files.
#include <catch2/catch.hpp>
#include <fstream>

#include "results/export/csv.hpp"
#include "results/report/report.hpp"
#include "tests/results/sample.hpp"

namespace populace {

TEST_CASE("files for the readers of other tools", "[.contract]") {
  const std::filesystem::path folder = sample::folder("contract");
  Report report;
  report.info = sample::info();
  report.output = folder / "run.h5";
  report.summary = sample::write(report.output, sample::records(4));
  std::ofstream(folder / "run.json") << to_json(report).dump(2);
  export_csv(report.output, folder / "csv");
}

}  // namespace populace
