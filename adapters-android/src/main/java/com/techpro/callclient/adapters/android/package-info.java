// SPDX-License-Identifier: Apache-2.0
/** The ports on the Android framework, from API level 26. */
@NullMarked
package com.techpro.callclient.adapters.android;

import org.jspecify.annotations.NullMarked;
