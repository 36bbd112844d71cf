// A planted fault: a counter that leaves the range of its type. UndefinedBehaviorSanitizer must say so.
#include <cstdio>
#include <limits>

int main(int argc, char**) {
  int counter = std::numeric_limits<int>::max() - 1;
  counter += argc + 1;
  std::printf("%d\n", counter);
}
