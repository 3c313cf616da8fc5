// SPDX-License-Identifier: Apache-2.0
/** What the extensions of the phone system are doing, and what it is told of the user: busy lamps, own presence, calling somebody who is busy when they are free, and do-not-disturb. */
@NullMarked
package com.techpro.callclient.engine.presence;

import org.jspecify.annotations.NullMarked;
