// SPDX-License-Identifier: Apache-2.0
/** Whether everything that was taken has been given back. */
@NullMarked
package com.techpro.callclient.testkit.soak.gate;

import org.jspecify.annotations.NullMarked;
