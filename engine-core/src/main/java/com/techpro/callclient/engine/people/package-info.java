// SPDX-License-Identifier: Apache-2.0
/** Who can be called, who is calling, and who called whom. */
@NullMarked
package com.techpro.callclient.engine.people;

import org.jspecify.annotations.NullMarked;
