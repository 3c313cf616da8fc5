// SPDX-License-Identifier: Apache-2.0
/**
 * Trace, log and report of what the engine does, without personal data. This package only observes;
 * it decides nothing.
 */
@NullMarked
package com.techpro.callclient.engine.internal.diagnostics;

import org.jspecify.annotations.NullMarked;
