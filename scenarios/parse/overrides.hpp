// Keys set on the command line: --set a.b=c, and flags that stand for one key.
#pragma once
#include <string>

#include "scenarios/parse/node.hpp"
#include "scenarios/parse/violation.hpp"

namespace populace {

// Sets `path` in the tree to `value`, read as a TOML value or, failing that, as a bare word. `option` is what the user
// typed, for messages. What cannot be set is reported.
void apply_override(Node& root, const std::string& option, const std::string& path, const std::string& value,
                    Violations& violations);

// Applies "a.b=c".
void apply_set(Node& root, const std::string& assignment, Violations& violations);

}  // namespace populace
