// SPDX-License-Identifier: Apache-2.0
/** Sound from files and to files, in place of a microphone and a speaker. */
@NullMarked
package com.techpro.callclient.testkit.soak.audio;

import org.jspecify.annotations.NullMarked;
