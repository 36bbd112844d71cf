// A planted fault: two threads write one number without order. ThreadSanitizer must say so.
#include <cstdio>
#include <thread>

int main() {
  long shared = 0;
  std::thread other([&shared] {
    for (int i = 0; i < 1000; ++i) ++shared;
  });
  for (int i = 0; i < 1000; ++i) ++shared;
  other.join();
  std::printf("%ld\n", shared);
}
