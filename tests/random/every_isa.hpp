// Runs a test on every instruction set that the machine has, and gives the choice back whatever happens.
#pragma once
#include <string>

#include "sim/random/isa.hpp"

namespace populace {

template <class Body>
void for_every_isa(const Body& body) {
  struct Restore {
    ~Restore() { force_isa(""); }
  } restore;
  for (const std::string& isa : available_isas()) {
    force_isa(isa);
    body(isa);
  }
}

}  // namespace populace
