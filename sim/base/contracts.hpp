// Contracts: what must hold whatever the user wrote. A broken contract is our mistake and says where; a user's mistake
// is a Violation (scenarios/) and never comes here.
#pragma once
#include <source_location>
#include <stdexcept>
#include <string>

namespace populace {

class ContractViolation : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

// Throws ContractViolation naming the place when `holds` is false.
inline void expects(bool holds, const char* what, std::source_location where = std::source_location::current()) {
  if (holds) return;
  throw ContractViolation(std::string(where.file_name()) + ":" + std::to_string(where.line()) + ": " + what);
}

}  // namespace populace
