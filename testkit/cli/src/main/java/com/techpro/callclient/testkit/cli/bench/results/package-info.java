// SPDX-License-Identifier: Apache-2.0
/** The figures of a measurement as a file, and what changed since another. */
@NullMarked
package com.techpro.callclient.testkit.cli.bench.results;

import org.jspecify.annotations.NullMarked;
