// SPDX-License-Identifier: Apache-2.0
/** Update checks with a signed Sparkle appcast. */
@NullMarked
package com.techpro.callclient.adapters.appcast;

import org.jspecify.annotations.NullMarked;
