/** What a desk of the fleet says it has acknowledged to the person at it, and what that person took back. */
export type Acknowledgement =
  | { readonly kind: 'customer'; readonly name: string }
  | { readonly kind: 'order'; readonly draftId: string; readonly customerName: string }
  /** Head office refused what a person had been told is saved. */
  | {
      readonly kind: 'refused';
      readonly draftId: string | null;
      readonly what: string;
      readonly code: string;
      readonly data: unknown;
    }
  /** A person chose to cancel what head office had refused. */
  | { readonly kind: 'cancelled'; readonly draftId: string | null; readonly name: string | null };

/** What the parent asks of a desk; each is answered by its number. */
export interface DeskCalls {
  signIn(email: string, password: string): Promise<void>;
  /** Asks to be enrolled; gives the code to approve. */
  askCode(): Promise<string>;
  enrolled(): Promise<boolean>;
  /** True once the directory is whole and nobody owes it anything. */
  whole(): Promise<boolean>;
  /** Works at random until told to rest. */
  work(seed: number): Promise<void>;
  rest(): Promise<void>;
  /** One new customer with one plan; gives the draft's id once it is acknowledged. */
  assignOne(): Promise<string>;
  /** How the desk stands with head office. */
  standing(): Promise<string>;
  /** What waits here, handed in by whoever is signed in. */
  handIn(): Promise<{ accepted: number; refused: number }>;
  /** Moves this desk's clock. */
  clock(offsetMs: number): Promise<void>;
  /** Settles what was refused as a person would, and says how much is still to go up. */
  drain(): Promise<{ waiting: number; refused: number; online: boolean; directory: string; why: string | null }>;
  stop(): Promise<void>;
}

export type DeskCall = { readonly id: number; readonly name: keyof DeskCalls; readonly args: readonly unknown[] };
export type DeskSays =
  | { readonly type: 'ready' }
  | { readonly type: 'answer'; readonly id: number; readonly result?: unknown; readonly error?: string }
  | { readonly type: 'acknowledged'; readonly what: Acknowledgement };
