// SPDX-License-Identifier: Apache-2.0
/** Requests from phones, recorded for tests. */
@NullMarked
package com.techpro.callclient.testkit.pbx.request;

import org.jspecify.annotations.NullMarked;
