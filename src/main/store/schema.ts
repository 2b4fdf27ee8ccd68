/** The desk's tables. JSON columns are texts that are parsed with their schema when read. */
export interface StoreTables {
  draft: {
    id: string;
    status: string;
    userId: number;
    createdAt: string;
    updatedAt: string;
    /** The provisioning job of its order; null until ordered. */
    jobId: number | null;
    document: string;
  };
  /** Documents that could not be read any more, kept for the help desk. */
  draftSetAside: {
    id: string;
    setAsideAt: string;
    reason: string;
    document: string;
  };
  setting: {
    name: string;
    value: string;
  };
  /** Jobs that this desk started or works on, so that a restart goes on following them. */
  knownJob: {
    id: number;
    userId: number;
    ended: number;
    updatedAt: string;
    document: string;
  };
  /** One row at most: who is signed in, and the sealed refresh token. */
  session: {
    id: number;
    user: string;
    refreshToken: string;
  };
}
