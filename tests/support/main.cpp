// Every test program's main: POPULACE_ISA forces an instruction set, as it does for the program itself.
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#include <cstdlib>

#include "sim/random/isa.hpp"

int main(int argc, char** argv) {
  if (const char* forced = std::getenv("POPULACE_ISA")) populace::force_isa(forced);
  return Catch::Session().run(argc, argv);
}
