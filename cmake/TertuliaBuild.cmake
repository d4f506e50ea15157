# SPDX-FileCopyrightText: 2026 Tertulia contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What every target shares: language level, warnings, sanitizers, hardening, the precompiled header,
# and helpers: tertulia_add_library, tertulia_add_program, tertulia_add_tests, tertulia_add_test.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
# Qt asks for -fPIC everywhere; executables compiled the same way can use the one precompiled header.
set(CMAKE_CXX_COMPILE_OPTIONS_PIE "-fPIC")
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

set(TERTULIA_SANITIZE "" CACHE STRING "Sanitizers for every target, e.g. address,undefined")
option(TERTULIA_HARDEN "Hardening flags for shipped programs" OFF)
option(TERTULIA_COVERAGE "gcov instrumentation" OFF)
option(TERTULIA_FUZZ "Build the libFuzzer targets (needs clang)" OFF)
option(TERTULIA_BUILD_CLIENT "Build the desktop client" ON)

include(CTest)
find_package(Qt6 6.4 REQUIRED COMPONENTS Core Network HttpServer Sql Test WebSockets)
if(TERTULIA_BUILD_CLIENT)
  find_package(Qt6 6.4 REQUIRED COMPONENTS DBus Gui LinguistTools Qml Quick QuickControls2 QuickTest Svg)
  find_package(Qt6Keychain REQUIRED)
endif()
find_package(Threads REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(SQLite3 3.40 REQUIRED)

find_program(TERTULIA_CCACHE ccache)
if(TERTULIA_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Two clones share one cache: paths are taken relative to the source folder.
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros
      CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 "${TERTULIA_CCACHE}")
endif()

add_library(tertulia_options INTERFACE)
target_compile_options(tertulia_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # lets ccache see through the precompiled header
  target_compile_options(tertulia_options INTERFACE -fpch-preprocess)
endif()
target_compile_definitions(tertulia_options INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_KEYWORDS QT_NO_FOREACH
  QT_NO_URL_CAST_FROM_STRING QT_DISABLE_DEPRECATED_BEFORE=0x060400
  TERTULIA_VERSION="${PROJECT_VERSION}")
if(Qt6_VERSION VERSION_GREATER_EQUAL 6.7)
  # QTRY_VERIFY and its like narrow a number of milliseconds there, in the place where they are used.
  target_compile_options(tertulia_options INTERFACE
    "$<$<IN_LIST:Qt6::Test,$<TARGET_PROPERTY:LINK_LIBRARIES>>:-Wno-conversion>")
endif()
if(CMAKE_UNITY_BUILD)
  # What a local hides may be another file's.
  target_compile_options(tertulia_options INTERFACE -Wno-shadow)
endif()
if(TERTULIA_SANITIZE)
  target_compile_options(tertulia_options INTERFACE -fsanitize=${TERTULIA_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=undefined)
  target_link_options(tertulia_options INTERFACE -fsanitize=${TERTULIA_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # with them GCC 12 takes what an empty optional or expected does not hold for uninitialized; standard headers have
    # fences, which the thread sanitizer does not see
    target_compile_options(tertulia_options INTERFACE -Wno-maybe-uninitialized)
    if(TERTULIA_SANITIZE MATCHES "thread")
      target_compile_options(tertulia_options INTERFACE -Wno-tsan)
    endif()
  endif()
endif()
if(TERTULIA_FUZZ)
  target_compile_options(tertulia_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(TERTULIA_COVERAGE)
  target_compile_options(tertulia_options INTERFACE --coverage)
  target_link_options(tertulia_options INTERFACE --coverage)
endif()
if(TERTULIA_HARDEN)
  target_compile_options(tertulia_options INTERFACE -fstack-protector-strong -fstack-clash-protection
    -fcf-protection -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
  target_link_options(tertulia_options INTERFACE -Wl,-z,relro,-z,now -pie)
endif()

if(CMAKE_INTERPROCEDURAL_OPTIMIZATION)
  # GCC 12 sees a QHash of all the memory there is where QHash grows, but only when it links.
  target_link_options(tertulia_options INTERFACE -Wno-alloc-size-larger-than)
endif()

# One precompiled header for all targets.
file(WRITE "${CMAKE_BINARY_DIR}/pch.cpp" "")
add_library(tertulia_pch OBJECT "${CMAKE_BINARY_DIR}/pch.cpp")
target_link_libraries(tertulia_pch PRIVATE tertulia_options Qt6::Core)
target_precompile_headers(tertulia_pch PRIVATE "${CMAKE_SOURCE_DIR}/cmake/pch.h")

function(tertulia_use_pch target)
  target_precompile_headers(${target} REUSE_FROM tertulia_pch)
endfunction()

# tertulia_add_library(<name> SOURCES … [LINK …] [MOC])
# Includes carry the folder from the root: "base/result.h", "net/exchange.h".
function(tertulia_add_library name)
  cmake_parse_arguments(arg "MOC" "" "SOURCES;LINK" ${ARGN})
  add_library(${name} STATIC ${arg_SOURCES})
  target_include_directories(${name} PUBLIC "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/shared>")
  if(CMAKE_CURRENT_SOURCE_DIR MATCHES "/server")
    target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}/server")
  elseif(CMAKE_CURRENT_SOURCE_DIR MATCHES "/desktop-client")
    target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}/desktop-client")
  endif()
  # Our warnings are not those of who uses an installed library.
  target_link_libraries(${name} PUBLIC $<BUILD_INTERFACE:tertulia_options> Qt6::Core ${arg_LINK})
  if(arg_MOC)
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
  endif()
  tertulia_use_pch(${name})
endfunction()

# tertulia_add_program(<name> SOURCES … [LINK …] [MOC])
function(tertulia_add_program name)
  cmake_parse_arguments(arg "MOC" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE tertulia_options Qt6::Core ${arg_LINK})
  if(arg_MOC)
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
  endif()
  tertulia_use_pch(${name})
endfunction()

# The settings that every program of tests has.
function(tertulia_set_up_test_program name)
  cmake_parse_arguments(arg "" "" "LINK" ${ARGN})
  target_link_libraries(${name} PRIVATE tertulia_options Qt6::Core Qt6::Test ${arg_LINK})
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}/tests")
  set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
  tertulia_use_pch(${name})
endfunction()

# tertulia_register_test(<name> COMMAND … [LABELS …] [TIMEOUT …]): tells ctest.
# Default label: unit; what concerns the client alone has the label client, too. Each test gets 120 s (with sanitizers
# five times that) and no network but loopback.
function(tertulia_register_test name)
  cmake_parse_arguments(arg "" "TIMEOUT" "COMMAND;LABELS" ${ARGN})
  add_test(NAME ${name} COMMAND ${arg_COMMAND})
  if(NOT arg_LABELS)
    set(arg_LABELS unit)
  endif()
  if(CMAKE_CURRENT_SOURCE_DIR MATCHES "/tests/unit/(client|platform|session|support|viewmodels)")
    list(APPEND arg_LABELS client)
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  if(TERTULIA_SANITIZE)
    math(EXPR arg_TIMEOUT "${arg_TIMEOUT} * 5")
  endif()
  set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT ${arg_TIMEOUT}
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen")
endfunction()

# tertulia_add_tests(<area> TESTS <x>… [ALONE <x>…] [PREFIX <p>] [SOURCES …] [LINK …] [LABELS …] [TIMEOUT …]): one program,
# tests_<area>, of many Qt Tests, each of them still a test of its own for ctest, in a process of its own:
# `tests_<area> tst_x [slot…]`. tst_x.cpp ends with TERTULIA_TEST (tests/support/testmain.h); the test is called tst_<p>x.
# Four files are compiled at a time, because nearly all of the time goes into headers; ALONE names those of the tests whose
# own names others of the area have, too.
function(tertulia_add_tests area)
  cmake_parse_arguments(arg "" "PREFIX;TIMEOUT" "TESTS;ALONE;SOURCES;LINK;LABELS" ${ARGN})
  list(TRANSFORM arg_TESTS REPLACE "(.+)" "tst_\\1.cpp" OUTPUT_VARIABLE files)
  create_test_sourcelist(sources tests_${area}.cpp ${files})
  set_source_files_properties(tests_${area}.cpp PROPERTIES COMPILE_OPTIONS "-w")   # CMake's, not held to our warnings
  add_executable(tests_${area} ${sources} ${arg_SOURCES})
  tertulia_set_up_test_program(tests_${area} LINK ${arg_LINK})
  set_target_properties(tests_${area} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 4)
  # GCC takes each of the four for a header, whose types should not hold an anonymous namespace's.
  target_compile_options(tests_${area} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
  foreach(test IN LISTS arg_ALONE)
    set_source_files_properties(tst_${test}.cpp PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  endforeach()
  foreach(test IN LISTS arg_TESTS)
    tertulia_register_test(tst_${arg_PREFIX}${test} COMMAND tests_${area} tst_${test}
      LABELS ${arg_LABELS} TIMEOUT ${arg_TIMEOUT})
  endforeach()
endfunction()

# tertulia_add_test(<name> SOURCES … [LINK …] [LABELS …] [TIMEOUT …]): a Qt Test in a program of its own.
function(tertulia_add_test name)
  cmake_parse_arguments(arg "" "TIMEOUT" "SOURCES;LINK;LABELS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  tertulia_set_up_test_program(${name} LINK ${arg_LINK})
  tertulia_register_test(${name} COMMAND ${name} LABELS ${arg_LABELS} TIMEOUT ${arg_TIMEOUT})
endfunction()

# tertulia_add_fuzzer(<name> SOURCES … [LINK …]): one libFuzzer program, built by the preset `fuzz` (target `fuzzers`)
# and run by scripts/fuzz with the seeds in tests/fuzz/seeds/<name without fuzz_>. Nothing in other presets.
function(tertulia_add_fuzzer name)
  if(NOT TERTULIA_FUZZ)
    return()
  endif()
  cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} EXCLUDE_FROM_ALL ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE tertulia_options Qt6::Core ${arg_LINK})
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}/tests")
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/fuzzers")
  tertulia_use_pch(${name})
  if(NOT TARGET fuzzers)
    add_custom_target(fuzzers)
  endif()
  add_dependencies(fuzzers ${name})
endfunction()
