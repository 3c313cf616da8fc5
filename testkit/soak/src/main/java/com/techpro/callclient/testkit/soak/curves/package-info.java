// SPDX-License-Identifier: Apache-2.0
/** From which level on each degradation is caught, measured and drawn; and how many clean directions are found fault with. */
@NullMarked
package com.techpro.callclient.testkit.soak.curves;

import org.jspecify.annotations.NullMarked;
