// A planted fault: a read one past the end of a column. AddressSanitizer must say so.
#include <cstddef>
#include <cstdio>
#include <vector>

int main(int argc, char**) {
  const std::vector<int> column(1024, argc);
  const int* data = column.data();
  int sum = 0;
  for (std::size_t i = 0; i <= column.size(); ++i) sum += data[i];
  std::printf("%d\n", sum);
}
