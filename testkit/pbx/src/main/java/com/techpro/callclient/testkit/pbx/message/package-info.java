// SPDX-License-Identifier: Apache-2.0
/** Text messages between extensions. */
@NullMarked
package com.techpro.callclient.testkit.pbx.message;

import org.jspecify.annotations.NullMarked;
