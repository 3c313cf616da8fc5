// SPDX-License-Identifier: Apache-2.0
/** What the calls say, and the headless microphones and speakers they say it with. */
@NullMarked
package com.techpro.callclient.testkit.soak.speech;

import org.jspecify.annotations.NullMarked;
