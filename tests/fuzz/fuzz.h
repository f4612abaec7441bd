/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz.h: what the fuzz targets share. A target is a file fuzz_<name>.c with
 * LLVMFuzzerTestOneInput, which libFuzzer calls with one input after the other. It panics where
 * something that must hold does not; the sanitizers see the rest. Inputs that are worth beginning
 * with stand in corpus/<name>/. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <protobuf-c/protobuf-c.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/panic.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every message of proto/, made from the files; ends with null. */
extern const ProtobufCMessageDescriptor *const fuzz_messages[];

/* An empty arena. */
struct arena *fuzz_arena(void);

/* The message that the first two bytes choose, which are taken off the input; null when there are
 * none. */
const ProtobufCMessageDescriptor *fuzz_message(struct bytes *input);

/* The input as text, in the arena. */
char *fuzz_text(struct bytes, struct arena *);

/* A file of this content below a new folder, which is removed at exit; for
 * what reads HOME/<name>. Returns HOME. Each call overwrites the file. */
const char *fuzz_home(const char *name, struct bytes content);

#endif
