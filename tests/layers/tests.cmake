# A check of the sources says the same whatever they are built with.
if(POPULACE_SANITIZE)
  return()
endif()

add_test(NAME layers COMMAND ${POPULACE_PYTHON} ${CMAKE_SOURCE_DIR}/scripts/check_layers)
add_test(NAME layers_self_test
  COMMAND ${POPULACE_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/check_layers_test.py ${CMAKE_SOURCE_DIR}/scripts/check_layers)

# Unoptimised builds call libm for what the optimiser turns into instructions, so the symbol table means nothing there.
if(CMAKE_SYSTEM_NAME STREQUAL "Linux" AND NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
  get_property(targets DIRECTORY ${CMAKE_SOURCE_DIR} PROPERTY BUILDSYSTEM_TARGETS)
  set(libraries "")
  foreach(target IN LISTS targets)
    get_target_property(type ${target} TYPE)
    if(type STREQUAL "STATIC_LIBRARY" AND target MATCHES "^populace_(sim_|models)")
      list(APPEND libraries $<TARGET_FILE:${target}>)
    endif()
  endforeach()
  add_test(NAME no_libm COMMAND ${POPULACE_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/no_libm.py ${CMAKE_CXX_COMPILER} ${libraries})
  add_test(NAME no_libm_self_test
    COMMAND ${POPULACE_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/no_libm.py ${CMAKE_CXX_COMPILER} --self-test)
endif()
