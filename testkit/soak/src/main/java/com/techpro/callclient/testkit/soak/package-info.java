// SPDX-License-Identifier: Apache-2.0
/** Headless scenarios, their judge, soak gates and the report. */
@NullMarked
package com.techpro.callclient.testkit.soak;

import org.jspecify.annotations.NullMarked;
