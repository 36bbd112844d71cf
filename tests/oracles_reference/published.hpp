// The figures the oracles must reproduce, read from published.json. All are known to the digits printed there.
#pragma once
#include <fstream>
#include <nlohmann/json.hpp>

namespace populace {

// Lives as long as the program, so that a loop may run over a part of it.
inline const nlohmann::json& published(const char* section) {
  static const nlohmann::json document = [] {
    std::ifstream file(POPULACE_SOURCE_DIR "/tests/oracles_reference/published.json");
    return nlohmann::json::parse(file);
  }();
  return document.at(section);
}

// Half a unit in the last printed place, with a little room for the binary form of the printed figure itself.
inline double printed(int decimals) {
  double unit = 1.0;
  for (int i = 0; i < decimals; ++i) unit /= 10.0;
  return 0.5 * unit * (1.0 + 1e-6);
}

}  // namespace populace
