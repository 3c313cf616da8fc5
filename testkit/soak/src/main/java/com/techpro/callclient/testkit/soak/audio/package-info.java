// SPDX-License-Identifier: Apache-2.0
/** Audio from and to files instead of a microphone and a speaker. */
@NullMarked
package com.techpro.callclient.testkit.soak.audio;

import org.jspecify.annotations.NullMarked;
