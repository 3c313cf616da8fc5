// SPDX-License-Identifier: Apache-2.0
/** Whether there is a newer version, as a signed Sparkle appcast says. */
@NullMarked
package com.techpro.callclient.adapters.appcast;

import org.jspecify.annotations.NullMarked;
