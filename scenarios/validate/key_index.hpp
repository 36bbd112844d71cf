// Where every key belongs, for users who put it into the wrong table.
#pragma once
#include <string>
#include <string_view>

namespace populace {

// "it belongs to [scenario]" when the key (or one that is close) exists elsewhere, else empty.
std::string where_key_belongs(std::string_view key);

}  // namespace populace
