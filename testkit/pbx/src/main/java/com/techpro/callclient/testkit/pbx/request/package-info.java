// SPDX-License-Identifier: Apache-2.0
/** What phones sent, kept for tests to look at. */
@NullMarked
package com.techpro.callclient.testkit.pbx.request;

import org.jspecify.annotations.NullMarked;
