// The instruction set can be named and forced, and a wrong name says which there are.
#include "sim/random/isa.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/random/every_isa.hpp"

using namespace populace;

TEST_CASE("every available set can be forced, and the choice given back") {
  const std::string best = isa_in_use();
  const std::vector<std::string> all = available_isas();
  REQUIRE_FALSE(all.empty());
  CHECK(all.front() == "baseline");
  CHECK(all.back() == best);
  for_every_isa([&](const std::string& isa) {
    CHECK(available_isas() == all);  // and asking changes nothing
    CHECK(isa_in_use() == isa);
    CHECK_THROWS(force_isa("mmx"));
    CHECK(isa_in_use() == isa);
  });
  CHECK(isa_in_use() == best);
}

TEST_CASE("an unknown set is refused by name and leaves the choice alone") {
  const std::string best = isa_in_use();
  CHECK_THROWS_WITH(force_isa("mmx"), Catch::Contains("\"mmx\"") && Catch::Contains("baseline"));
  CHECK(isa_in_use() == best);
}
