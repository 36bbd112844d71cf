// The only door to the TOML library: text in, tree of nodes out.
#pragma once
#include <string>
#include <string_view>
#include <variant>

#include "scenarios/parse/node.hpp"
#include "scenarios/parse/violation.hpp"

namespace populace {

// `file` is the name in messages. The library stops at the first syntax error, and the message says so.
std::variant<Node, Violation> parse_toml(std::string_view text, const std::string& file);

}  // namespace populace
