# Builds and installs the extension with PGXS.
#
#   make                           pgcrm.so, pgcrm--<version>.sql and the scripts that update to it
#   make install                   puts them where the server of $(PG_CONFIG) looks
#   make installcheck              test/sql and test/specs against a running server
#   make CXX=clang++ WERROR=1      another compiler; warnings are errors
#   make QUICK=1                   not optimised, and nothing for a debugger
#   make ROOMS=1                   one file a room: more time in all, less after a change
#   make objects OBJECTS=FOLDER    only compiles, and leaves what another make has compiled alone
#
# Most of the time goes into headers and into what is made of their templates, so sources are compiled together: one file
# includes all of store, one all of api, one each room of core. So names of one such file differ, also in unnamed namespaces.
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

OBJECTS         = build/objects
folders_of      = $(patsubst %/,%,$(sort $(dir $(1))))
compiled_whole := $(if $(ROOMS),,extension/store extension/api)
included_by     = $(sort $(wildcard $(1)/*.cpp $(if $(filter $(compiled_whole),$(1)),$(1)/*/*.cpp)))
server_units   := $(if $(ROOMS),$(call folders_of,$(SERVER_SOURCES)),extension $(compiled_whole))
CORE_OBJECTS   := $(patsubst %,$(OBJECTS)/%.o,$(call folders_of,$(CORE_SOURCES)))
OBJS           := $(server_units:%=$(OBJECTS)/%.o) $(CORE_OBJECTS)

RELEASED       := $(sort $(wildcard sql/updates/$(EXTENSION)--*.sql))
DATA           := $(RELEASED)
UPDATES        := $(patsubst sql/updates/%.sql,%--$(EXTVERSION).sql,$(RELEASED))
DATA_built     := $(EXTENSION)--$(EXTVERSION).sql $(UPDATES)
GENERATED      := build/generated
VERIFY_QUERY   := $(GENERATED)/api/check/verify_query.hpp
EXTRA_CLEAN    := $(OBJECTS) $(GENERATED) $(wildcard $(EXTENSION)--*.sql $(EXTENSION)--*.sql.new)

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
# $(new) is the shell's own, because several makes may be at work here: one for each compiler, and those of the linters.
new            = $@.$$$$
put_new_if_new = { cmp -s $(new) $@ && rm $(new) || mv $(new) $@; }

# The statement of crm_verify, from the parts in sql/rules.
$(OBJS): | $(VERIFY_QUERY)
$(VERIFY_QUERY): FORCE
	@mkdir -p $(@D)
	@scripts/rules.sh header >$(new) && $(put_new_if_new)

# g++ minds unnamed namespaces in what it takes for a header.
override CXXFLAGS += -Wno-subobject-linkage
ifdef QUICK
override CXXFLAGS += -O0 -g0
endif

$(shlib): pgcrm.map

# Everything is compiled again when the compiler or a flag changes; not when warnings become errors.
BUILT_WITH := $(filter-out -Werror,$(CXX) $(CXXFLAGS) $(CPPFLAGS))
$(OBJECTS)/.built_with: FORCE
	@mkdir -p $(@D)
	@echo '$(BUILT_WITH)' | cmp -s - $@ || echo '$(BUILT_WITH)' >$@

# The file that includes those of a folder, relative to -Iextension.
$(OBJS:.o=.cpp): $(OBJECTS)/%.cpp: FORCE
	@mkdir -p $(@D)
	@printf '#include "%s"\n' $(patsubst extension/%,%,$(call included_by,$*)) >$(new) && $(put_new_if_new)

$(OBJS): %.o: %.cpp $(OBJECTS)/.built_with
.PHONY: FORCE objects
objects: $(OBJS)
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
