// SPDX-License-Identifier: Apache-2.0
/** The settings of a soak, and the phone system under test. */
@NullMarked
package com.techpro.callclient.testkit.soak.settings;

import org.jspecify.annotations.NullMarked;
