# Builds and installs the extension with PGXS.
#
#   make                           pgcrm.so, pgcrm--<version>.sql and the scripts that update to it
#   make install                   puts them where the server of $(PG_CONFIG) looks
#   make installcheck              test/sql and test/specs against a running server
#   make CXX=clang++ WERROR=1      another compiler; warnings are errors
#   make QUICK=1                   not optimised, core, store and api as one file each
#
# The sources are what lies in the tree, the order of the SQL parts is sql/order.txt, the statement of crm_verify is
# put together from sql/rules, and the version stands in pgcrm.control. The generator and the unit tests are built by CMake.

EXTENSION  = pgcrm
EXTVERSION := $(shell sed -n "s/^default_version *= *'\([^']*\)'.*/\1/p" pgcrm.control)
MODULE_big = pgcrm

# Each part of the tree has its rooms, and a file or two that stand over all of them.
sources_in      = $(sort $(foreach part,$(1),$(wildcard extension/$(part)/*.cpp extension/$(part)/*/*.cpp)))
CORE_SOURCES   := $(call sources_in,core)
SERVER_SOURCES := $(sort $(wildcard extension/*.cpp)) $(call sources_in,store api)
SOURCES        := $(SERVER_SOURCES) $(CORE_SOURCES)
CORE_OBJECTS   := $(CORE_SOURCES:.cpp=.o)
OBJS           := $(SERVER_SOURCES:.cpp=.o) $(CORE_OBJECTS)
ifdef QUICK
CORE_OBJECTS   := build/quick/extension/core.o
OBJS           := $(patsubst %,build/quick/%.o,extension extension/store extension/api) $(CORE_OBJECTS)
endif
RELEASED       := $(sort $(wildcard sql/updates/$(EXTENSION)--*.sql))
DATA           := $(RELEASED)
UPDATES        := $(patsubst sql/updates/%.sql,%--$(EXTVERSION).sql,$(RELEASED))
DATA_built     := $(EXTENSION)--$(EXTVERSION).sql $(UPDATES)
GENERATED      := build/generated
VERIFY_QUERY   := $(GENERATED)/api/check/verify_query.hpp
EXTRA_CLEAN    := $(OBJS:.o=.d) .built_with $(GENERATED) $(wildcard $(EXTENSION)--*.sql $(EXTENSION)--*.sql.new)

# pg_regress and the isolation tester read test/ and find expected/ at the top; both write
# results/, regression.diffs and regression.out here.
ENCODING       = UTF8
REGRESS        := $(sort $(patsubst test/sql/%.sql,%,$(wildcard test/sql/*.sql)))
REGRESS_OPTS   = --inputdir=test
ISOLATION      := $(sort $(patsubst test/specs/%.spec,%,$(wildcard test/specs/*.spec)))
ISOLATION_OPTS = --inputdir=test --outputdir=.

PG_CXXFLAGS = -std=c++20 -Wextra -Wshadow -Wno-register \
              -fvisibility=hidden -fvisibility-inlines-hidden -MMD -MP
ifneq (,$(findstring clang,$(CXX)))
PG_CXXFLAGS += -Wno-unknown-warning-option
endif
ifdef WERROR
PG_CXXFLAGS += -Werror
endif
SHLIB_LINK  = -lsimdjson -lstdc++ -Wl,--version-script=pgcrm.map -Wl,-z,relro -Wl,-z,now

# No bitcode: the server's JIT gains nothing from inlining these functions.
override with_llvm = no

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

# The server's headers are system headers, so that -Wextra speaks of this tree alone; core/
# does not see them at all.
override CPPFLAGS := -Iextension -I$(GENERATED) $(patsubst -I%,-isystem%,$(filter-out -I. -I./,$(CPPFLAGS)))
$(CORE_OBJECTS): override CPPFLAGS := -Iextension $(filter-out -I% -isystem%,$(CPPFLAGS))

# A file that is made each time is put in place when it differs, so that what depends on it is not made again for nothing.
keep_unless_new = cmp -s $(1).new $(1) && rm $(1).new || mv $(1).new $(1)

# The statement of crm_verify, from the parts in sql/rules.
$(OBJS): | $(VERIFY_QUERY)
$(VERIFY_QUERY): FORCE
	@mkdir -p $(@D)
	@scripts/rules.sh header >$@.new
	@$(call keep_unless_new,$@)

# QUICK=1 for who only wants to know what a compiler says of the source. g++ minds unnamed namespaces in what it
# takes for a header.
ifdef QUICK
override CXXFLAGS += -O0 -g0 -Wno-subobject-linkage
$(OBJS:.o=.cpp): build/quick/%.cpp: FORCE
	@mkdir -p $(@D)
	@printf '#include "%s"\n' $(abspath $(if $(findstring /,$*),$(call sources_in,$(notdir $*)),$(wildcard $*/*.cpp))) >$@.new
	@$(call keep_unless_new,$@)
endif

$(shlib): pgcrm.map

# Everything is compiled again when the compiler or a flag changes.
BUILT_WITH = $(CXX) $(CXXFLAGS) $(CPPFLAGS)
$(OBJS): .built_with
.built_with: FORCE
	@echo '$(BUILT_WITH)' | cmp -s - $@ || echo '$(BUILT_WITH)' >$@
.PHONY: FORCE
-include $(OBJS:.o=.d)

# pgcrm--1.2.3.sql installs; pgcrm--1.2.2--1.2.3.sql updates from the version in between.
$(DATA_built): pgcrm.control scripts/install_script.sh sql/order.txt \
    $(filter-out sql/rules/%,$(wildcard sql/*/*.sql)) $(wildcard sql/sources sql/sources/* sql/sources/*/*)
	scripts/install_script.sh $(word 2,$(subst --, ,$(@:--$(EXTVERSION).sql=))) >$@.new
	mv $@.new $@

.PHONY: sources generated
sources:
	@printf '%s\n' $(SOURCES)
generated: $(VERIFY_QUERY)
