#include "app/bench_command.hpp"
namespace populace {
CLI::App* add_bench(CLI::App& app, BenchArguments&) { return app.add_subcommand("bench", "measure"); }
int bench_command(const BenchArguments&) { return 0; }
}
