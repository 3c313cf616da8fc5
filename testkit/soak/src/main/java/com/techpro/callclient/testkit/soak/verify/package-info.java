// SPDX-License-Identifier: Apache-2.0
/** Whether what was heard is what was said. */
@NullMarked
package com.techpro.callclient.testkit.soak.verify;

import org.jspecify.annotations.NullMarked;
