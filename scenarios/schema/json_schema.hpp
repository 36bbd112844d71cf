// The scenario language as a JSON Schema (draft 2020-12), which editors use for completion. Written by the same
// visitors that read scenarios, so it cannot fall behind.
#pragma once
#include <nlohmann/json.hpp>

namespace populace {

nlohmann::ordered_json json_schema();

}  // namespace populace
