// SPDX-License-Identifier: Apache-2.0
/** The results of a soak as a table, as JSON, and as one HTML page. */
@NullMarked
package com.techpro.callclient.testkit.soak.report;

import org.jspecify.annotations.NullMarked;
