// SPDX-License-Identifier: Apache-2.0
/** Troubleshooting: refused requests, and a report for a support ticket. */
@NullMarked
package com.techpro.callclient.engine.diagnostics;

import org.jspecify.annotations.NullMarked;
